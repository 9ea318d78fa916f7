// An address at a forge (GitHub, GitLab, Gitea, Bitbucket, Hugging Face) -> the repository, or the thread in it; pure.

/** Forges whose repositories have an owner and a name. */
const pairHosts = new Set(['github.com', 'codeberg.org', 'gitea.com', 'bitbucket.org', 'huggingface.co']);
/** Where the files of a repository, its archives and what programs ask have hosts of their own. */
const repoHosts = /^(?:raw\.githubusercontent\.com|codeload\.github\.com|api\.github\.com\/repos)\//i;
const notRepos =
  /^(?:about|features|topics|collections|sponsors|marketplace|orgs|settings|login|search|explore|trending|apps|papers|datasets|spaces|blog|docs|models|learn|posts|users|groups|help|dashboard|product|pricing)$/i;
/** What of GitLab stands behind a project, since version 12 behind `/-/` as well. */
const parts =
  /^(?:issues|merge_requests|work_items|incidents|milestones|snippets|tree|blob|raw|releases|tags|commits?|wikis|archive|activity|pipelines|graphs|network)$/i;
/** Things of their own that live in a repository: what people say in it, one change, one page of its wiki. */
const ownThing =
  /^(issues|work_items|incidents|pull|pulls|pull-requests|merge_requests|discussions|milestones?|snippets)\/(\d+)|^(commit)\/([\da-f]{7,})|^(wikis?)\/([^?#]+)|^(security\/advisories)\/([\w-]+)/i;

interface ForgePath {
  /** Host and path of the repository. */
  project: string;
  /** The path behind it, without a slash in front. */
  rest: string;
}

/**
 * `repo:host/owner/name` for a repository, its releases and its files, `url:...` for a thread, a change or a page of its
 * wiki, undefined for what is neither. `address` is canonical: host, path and query.
 */
export function forgeKey(address: string): string | undefined {
  const [path = ''] = address
    .replace(repoHosts, 'github.com/')
    .replace(/^hf\.co\//, 'huggingface.co/')
    .split(/[?#]/, 1);
  const found = forgePathOf(path.split('/').filter((part) => part !== ''));
  if (!found) return undefined;
  // Names of repositories have no case.
  const project = found.project.replace(/\.git$/i, '').toLowerCase();
  const [, talk, number, change, hash, wiki, page, advisory, id] = ownThing.exec(found.rest) ?? [];
  const kind = (talk ?? change ?? wiki ?? advisory)?.toLowerCase();
  if (kind === undefined) return `repo:${project}`;
  // GitHub's API says "pulls" where its pages say "pull".
  return `url:${project}/${kind === 'pulls' && project.startsWith('github.com/') ? 'pull' : kind}/${number ?? hash ?? page ?? id}`;
}

function forgePathOf([host = '', ...path]: string[]): ForgePath | undefined {
  const dash = path.indexOf('-');
  if (pairHosts.has(host)) return pairOf(host, path);
  if (host.startsWith('gitlab.')) return projectOf(host, path, dash === -1 ? firstPart(path) : dash);
  // Any other host: a GitLab by its `/-/`, when what follows is of a GitLab.
  return dash >= 2 && parts.test(path[dash + 1] ?? '') ? projectOf(host, path, dash) : undefined;
}

function pairOf(host: string, path: string[]): ForgePath | undefined {
  // Data sets and spaces have names of their own.
  const isApart = host === 'huggingface.co' && /^(?:datasets|spaces)$/.test(path[0] ?? '');
  const [owner, name] = isApart ? path.slice(1) : path;
  const length = isApart ? 3 : 2;
  if (owner === undefined || name === undefined || notRepos.test(owner) || !isName(owner) || !isName(name))
    return undefined;
  return { project: [host, ...path.slice(0, length)].join('/'), rest: path.slice(length).join('/') };
}

/** GitLab has groups in groups: a project is all of the path up to `/-/`, or to what can be no name of one. */
function projectOf(host: string, path: string[], end: number): ForgePath | undefined {
  const names = path.slice(0, end);
  const isSure = path[end] === '-';
  if (names.length < 2 || (!isSure && notRepos.test(names[0]!)) || !names.every(isName)) return undefined;
  const rest = path.slice(isSure ? end + 1 : end);
  return { project: [host, ...names].join('/'), rest: rest.join('/') };
}

function firstPart(path: string[]): number {
  const found = path.findIndex((name, at) => at >= 2 && parts.test(name));
  return found === -1 ? path.length : found;
}

function isName(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
