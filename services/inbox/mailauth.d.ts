// What is used of mailauth, which has no types.
declare module 'mailauth/lib/dkim/verify.js' {
  export function dkimVerify(
    raw: Buffer,
    options: { resolver: (name: string, type: string) => Promise<unknown> },
  ): Promise<{
    /** The addresses in all its `From` fields. */
    headerFrom: string[];
    results: {
      algo: string;
      signingDomain: string;
      signingHeaders?: { keys: string };
      status: { result: string };
    }[];
  }>;
}
declare module 'mailauth/lib/dkim/sign.js' {
  export function dkimSign(
    raw: Buffer | string,
    options: {
      signTime: Date;
      signatureData: { signingDomain: string; selector: string; privateKey: string; maxBodyLength?: number }[];
    },
  ): Promise<{ signatures: string }>;
}
declare module 'mailauth/lib/spf/index.js' {
  export function spf(options: {
    sender: string;
    ip: string;
    helo: string;
    resolver: (name: string, type: string) => Promise<unknown>;
  }): Promise<{ domain: string; status: { result: string } }>;
}
declare module 'mailauth/lib/dmarc/index.js' {
  export function dmarc(options: {
    headerFrom: string[];
    spfDomains: string[];
    dkimDomains: string[];
    resolver: (name: string, type: string) => Promise<unknown>;
  }): Promise<false | { status: { result: string }; policy?: string }>;
}
declare module 'mailauth/lib/tools.js' {
  /** The first of the domains that has one owner with `domain`. */
  export function getAlignment(domain: string, others: string[]): false | { domain: string };
}
