import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument as parseYaml,
  visit,
  type YAMLError,
} from 'yaml';
import { ConfigError, type ConfigIssue } from '../core/errors.ts';
import { completeIssue } from './complete-issue.ts';
import { findNestingProblem } from './document-limits.ts';
import type { LocatedEntry, LocatedValue, Origin } from './located-value.ts';
import { formatPath, type PathSegment } from './parameter-path.ts';

/** Characters of a document; a config is far smaller, and what is larger is not a config. */
const MAX_CHARACTERS = 4 * 1024 * 1024;
/** Levels of nesting of a document. */
const MAX_DEPTH = 64;
/** Values of a document with its aliases expanded: stops alias bombs. */
const MAX_VALUES = 200_000;

/**
 * Reads YAML 1.2 (core schema; JSON is a part of it) into a tree that knows where each value stands.
 * Keys are texts and unique; anchors and aliases work, merge keys (`<<`) and tags do not.
 *
 * @param source Name of the text in error messages, usually its file.
 * @throws ConfigError with every mistake of syntax, each with line and column.
 */
export function parseDocument(text: string, source: string): LocatedValue {
  if (text.length > MAX_CHARACTERS) {
    const message = `expected at most ${MAX_CHARACTERS} characters, found ${text.length}`;
    throw new ConfigError([{ source, path: '', message }]);
  }
  const nesting = findNestingProblem(text, MAX_DEPTH);
  if (nesting) throw new ConfigError([{ source, path: '', ...nesting }]);

  const lines = new LineCounter();
  const document = parseYaml(text, {
    version: '1.2',
    schema: 'core',
    // `TreeReader` looks for doubled keys: the parser's own search takes time with the square of their number.
    uniqueKeys: false,
    stringKeys: true,
    strict: true,
    prettyErrors: false,
    // `silent` would also silence the error about a second document in the file.
    logLevel: 'error',
    lineCounter: lines,
  });
  // A warning (an unknown tag, for one) means that a value is not what its writer meant.
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0)
    throw new ConfigError(errors.map((e) => syntaxIssue(e, { text, source, lines })));
  return new TreeReader(document, lines, source).read();
}

type TextContext = Readonly<{ text: string; source: string; lines: LineCounter }>;

const BARE_COLOR_IN_FLOW = /[:,[{]\s*#[0-9a-fA-F]{6}\b/;
const QUOTE_COLORS = 'Write colours in quotes, "#rrggbb": a bare # starts a comment.';

function syntaxIssue(error: YAMLError, { text, source, lines }: TextContext): ConfigIssue {
  const { line, col } = lines.linePos(error.pos[0]);
  const lineText = text.split('\n')[line - 1] ?? '';
  const suggestion =
    BARE_COLOR_IN_FLOW.test(lineText) && error.code === 'MISSING_CHAR' ? QUOTE_COLORS : undefined;
  const message =
    error.code === 'MULTIPLE_DOCS'
      ? 'expected one YAML document, found another after ---'
      : `not valid YAML: ${error.message.replace(/\.$/, '')}`;
  return completeIssue({ source, position: { line, column: col }, path: '', message, suggestion });
}

/** What each alias of a document stands for: the last anchor of its name before it, as YAML has it. */
function findTargets(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Walks the YAML nodes of one document. A class, for the budget and the issues that it gathers. */
class TreeReader {
  private readonly issues: ConfigIssue[] = [];
  private readonly openAnchors = new Set<Node>();
  /** Found at once: the parser's own search walks the whole document for each alias. */
  private readonly targets: ReadonlyMap<Alias, Node>;
  private values = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    private readonly source: string,
  ) {
    this.targets = findTargets(document);
  }

  read(): LocatedValue {
    const start: Origin = { source: this.source, position: { line: 1, column: 1 } };
    const value = this.readNode(this.document.contents, [], start);
    if (this.issues.length > 0) throw new ConfigError(this.issues);
    return value;
  }

  private readNode(node: unknown, path: readonly PathSegment[], parent: Origin): LocatedValue {
    this.values += 1;
    if (this.values > MAX_VALUES) {
      const message = `expected at most ${MAX_VALUES} values, found more; aliases count each time they are used`;
      throw new ConfigError([
        ...this.issues,
        { ...this.originOf(node, parent), path: '', message },
      ]);
    }
    const origin = this.originOf(node, parent);
    if (path.length > MAX_DEPTH) {
      return this.refuse({
        ...origin,
        path: formatPath(path),
        message: `expected at most ${MAX_DEPTH} levels of nesting`,
      });
    }
    if (isAlias(node)) return this.readAlias(node, path, origin);
    if (isMap(node)) {
      this.openAnchors.add(node);
      const entries = new Map<string, LocatedEntry>();
      for (const pair of node.items) this.readPair(pair, { entries, path, parent: origin });
      this.openAnchors.delete(node);
      return { type: 'mapping', entries, origin: node.flow ? origin : parent };
    }
    if (isSeq(node)) {
      this.openAnchors.add(node);
      const items = node.items.map((item, i) =>
        this.readNode(item, [...path, i], this.originOf(item, origin)),
      );
      this.openAnchors.delete(node);
      return { type: 'list', items, origin: node.flow ? origin : parent };
    }
    return this.readScalar(node, path, parent);
  }

  private readPair(
    pair: Readonly<{ key: unknown; value: unknown }>,
    into: Readonly<{
      entries: Map<string, LocatedEntry>;
      path: readonly PathSegment[];
      parent: Origin;
    }>,
  ): void {
    const keyOrigin = this.originOf(pair.key, into.parent);
    // `stringKeys` has made every key a scalar text.
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const path = [...into.path, key];
    if (key === '__proto__') {
      this.refuse({
        ...keyOrigin,
        path: formatPath(path),
        message: 'expected another name for this key',
      });
      return;
    }
    const earlier = into.entries.get(key);
    if (earlier !== undefined) {
      const message = `key ${JSON.stringify(key)} stands twice, first in line ${earlier.key.position?.line ?? 0}`;
      this.refuse({ ...keyOrigin, path: formatPath(path), message });
      return;
    }
    into.entries.set(key, { key: keyOrigin, value: this.readNode(pair.value, path, keyOrigin) });
  }

  private readAlias(node: Alias, path: readonly PathSegment[], origin: Origin): LocatedValue {
    const target = this.targets.get(node);
    const name = node.source;
    if (target === undefined) {
      return this.refuse({
        ...origin,
        path: formatPath(path),
        message: `no anchor &${name} stands before *${name}`,
      });
    }
    if (this.openAnchors.has(target)) {
      return this.refuse({
        ...origin,
        path: formatPath(path),
        message: `*${name} stands inside its own anchor &${name}`,
      });
    }
    return this.readNode(target, path, this.originOf(target, origin));
  }

  private readScalar(node: unknown, path: readonly PathSegment[], parent: Origin): LocatedValue {
    const value: unknown = isScalar(node) ? node.value : null;
    if (value === null || value === undefined) {
      const comment = isScalar(node) ? (node.comment ?? '') : '';
      const hint = /^[0-9a-fA-F]{6}\b/.test(comment) ? QUOTE_COLORS : undefined;
      return { type: 'scalar', value: null, origin: parent, ...(hint && { hint }) };
    }
    const origin = this.originOf(node, parent);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return { type: 'scalar', value, origin };
    }
    return this.refuse({
      ...origin,
      path: formatPath(path),
      message: `expected a number, text, true, false or null`,
    });
  }

  private refuse(issue: ConfigIssue): LocatedValue {
    this.issues.push(issue);
    return {
      type: 'scalar',
      value: null,
      origin: { source: this.source, position: issue.position },
    };
  }

  private originOf(node: unknown, fallback: Origin): Origin {
    const offset = (node as Partial<Node> | null)?.range?.[0];
    if (offset === undefined) return fallback;
    const { line, col } = this.lines.linePos(offset);
    return { source: this.source, position: { line, column: col } };
  }
}
