import { Lexer } from 'yaml';
import type { SourcePosition } from '../core/errors.ts';

/** Columns of indentation; deeper lines cost the YAML parser time and memory out of proportion. */
const MAX_INDENT = 1000;

type NestingProblem = Readonly<{ position: SourcePosition; message: string }>;

/**
 * Looks for nesting that is deeper than `maxDepth` without parsing: the YAML parser itself recurses,
 * and a document of 100,000 brackets ends the process instead of failing.
 */
export function findNestingProblem(text: string, maxDepth: number): NestingProblem | undefined {
  let line = 1;
  let flowDepth = 0;
  let blockMarks = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flowDepth += 1;
    else if (token === ']' || token === '}') flowDepth = Math.max(0, flowDepth - 1);
    else if (token === '-' || token === '?') blockMarks += 1;
    else if (token.includes('\n')) {
      line += token.split('\n').length - 1;
      blockMarks = 0;
    }
    const position = { line, column: 1 };
    if (flowDepth > maxDepth || blockMarks > maxDepth) {
      return { position, message: `expected at most ${maxDepth} levels of nesting, found more` };
    }
    if (token.length > MAX_INDENT && /^ +$/.test(token)) {
      return {
        position,
        message: `expected at most ${MAX_INDENT} columns of indentation, found ${token.length}`,
      };
    }
  }
  return undefined;
}
