/** Which frame an error is about, and how to see it again. */
export type FrameContext = Readonly<{
  frame: number;
  /** Command line that renders the frame again. */
  reproduce?: string | undefined;
}>;

/** `frame 17: <text> Reproduce: <command>`: how every error of a single frame reads. */
export function frameMessage(context: FrameContext, text: string): string {
  const reproduction = context.reproduce ? ` Reproduce: ${context.reproduce}` : '';
  return `frame ${context.frame}: ${text}${reproduction}`;
}
