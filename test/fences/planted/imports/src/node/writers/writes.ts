// keeps the rules
import 'node:fs';
import 'sharp';
