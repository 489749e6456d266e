import { ConfigError } from '../core/errors.ts';
import { completeIssue } from './complete-issue.ts';
import { type Config, configSchema } from './config-schema.ts';
import { expandStages } from './expand-stages.ts';
import { readExtends } from './extends-list.ts';
import type { LocatedValue } from './located-value.ts';
import { withoutKey } from './merge-config.ts';
import { parseDocument } from './parse-document.ts';
import { validate } from './validate.ts';

/**
 * Reads a config that stands alone: YAML or JSON text, without `extends`.
 *
 * @param source Name of the text in error messages, usually its file.
 * @throws ConfigError with every problem at once.
 */
export function parseConfig(text: string, source: string): Config {
  const document = parseDocument(text, source);
  const [base] = readExtends(document);
  if (base) {
    const message = `cannot read "${base.path}": this text stands alone`;
    const suggestion = 'Load it from its file.';
    const issue = { ...base.origin, path: base.parameter, message, suggestion };
    throw new ConfigError([completeIssue(issue)]);
  }
  return configFromDocument(document);
}

/**
 * Checks a config whose bases have been merged. `extends` and `$schema` are not part of the result.
 *
 * @throws ConfigError with every problem at once.
 */
export function configFromDocument(document: LocatedValue): Config {
  const options = { rootKeys: ['extends'] };
  const { $schema: _schema, ...config } = validate(
    configSchema,
    expandStages(withoutKey(document, 'extends')),
    options,
  );
  return config;
}
