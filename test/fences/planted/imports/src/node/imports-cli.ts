// breaks: node-imports-only-shared
import '../cli/stop.ts';
