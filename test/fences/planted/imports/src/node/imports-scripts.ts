// breaks: src-imports-only-src
import '../../scripts/stop.ts';
