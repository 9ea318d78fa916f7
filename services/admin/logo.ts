// The logo of the publication: uploaded by an owner, kept as a picture of our own, taken away again.
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../../core/house.ts';
import { savePicture } from '../../core/store/pictures.ts';
import { loadSettings, saveSettings, type Settings } from '../../core/store/settings.ts';
import { PageError } from '../page-error.ts';
import { note, ownerOf } from './desk.ts';
import { maxLogoBytes, readLogo } from './read-logo.ts';

type ShowWrong = (visit: { request: FastifyRequest; reply: FastifyReply }, wrong: string) => Promise<FastifyReply>;

/** A file comes with its boundaries and a token. */
const bodyLimit = maxLogoBytes + 10_000;

const brokenForm = new PageError(400, 'The form did not arrive whole.', 'Choose the picture again and send it.');

/** Registers both forms; what is wrong with a picture is shown at its field. */
export function takeLogo(desk: FastifyInstance, { db, now }: House, showWrong: ShowWrong): void {
  async function change(request: FastifyRequest, action: string, logo: Settings['logo']): Promise<void> {
    const owner = ownerOf(request);
    await db.transaction(async (tx) => {
      const { logo: before } = await loadSettings(tx);
      await saveSettings(tx, { logo: logo ?? null });
      await note(tx, owner, { action, subject: 'settings', before: { logo: before }, after: { logo }, at: now() });
    });
  }

  desk.post('/desk/settings/logo/remove', async (request, reply) => {
    await change(request, 'take the logo away', null);
    return reply.redirect('/desk/settings?said=looks', 303);
  });

  void desk.register(async (scope) => {
    // Of all forms this one alone brings a file. One that is cut off at the limit is longer than a logo may be.
    await scope.register(multipart, { attachFieldsToBody: 'keyValues', throwFileSizeLimit: false, limits: { files: 1, fields: 3, fileSize: maxLogoBytes + 1 } }); // prettier-ignore
    // What the reader of its parts throws has no status: the form is broken, and nothing was done yet.
    scope.setErrorHandler((error, request) => {
      const isRead = request.body !== undefined && request.body !== null;
      throw isRead || (error instanceof Error && 'statusCode' in error) ? error : brokenForm;
    });
    scope.post('/desk/settings/logo', { bodyLimit }, async (request, reply) => {
      ownerOf(request);
      const { logo: bytes } = (request.body ?? {}) as { logo?: unknown };
      const read = await readLogo(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
      if (typeof read === 'string') return showWrong({ request, reply }, read);
      const { png, ...shown } = read;
      await change(request, 'set the logo', { hash: await savePicture(db, { bytes: png, at: now() }), ...shown });
      return reply.redirect('/desk/settings?said=looks', 303);
    });
  });
}
