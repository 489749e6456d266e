// breaks: package-without-owner, dev-package-in-src
import 'vitest';
