// breaks: node-imports-only-shared
import '#page/stop';
