/** The package ships no types; these are the parts that Diorama uses. */
declare module 'gltf-validator' {
  export type ValidationMessage = Readonly<{
    code: string;
    message: string;
    /** 0 error, 1 warning, 2 information, 3 hint. */
    severity: 0 | 1 | 2 | 3;
    pointer?: string;
  }>;
  export type ValidationReport = Readonly<{
    issues: Readonly<{
      numErrors: number;
      messages: readonly ValidationMessage[];
      truncated: boolean;
    }>;
  }>;
  export function validateBytes(
    bytes: Uint8Array,
    options: Readonly<{
      uri?: string;
      format?: 'glb' | 'gltf';
      maxIssues?: number;
      ignoredIssues?: readonly string[];
      externalResourceFunction?: (uri: string) => Promise<Uint8Array>;
    }>,
  ): Promise<ValidationReport>;
  const validator: { validateBytes: typeof validateBytes };
  export default validator;
}
