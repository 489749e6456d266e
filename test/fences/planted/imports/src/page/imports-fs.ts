// breaks: node-builtin-outside-node
import 'node:fs';
