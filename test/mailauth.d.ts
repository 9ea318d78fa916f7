// What the tests use of mailauth, which has no types.
declare module 'mailauth/lib/dkim/verify.js' {
  export function dkimVerify(
    raw: Buffer,
    options: { resolver: (name: string, type: string) => Promise<string[][]> },
  ): Promise<{
    results: {
      algo: string;
      signingDomain: string;
      signingHeaders: { keys: string };
      status: { result: string };
    }[];
  }>;
}
