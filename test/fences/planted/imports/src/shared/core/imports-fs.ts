// breaks: node-builtin-outside-node
import 'fs';
