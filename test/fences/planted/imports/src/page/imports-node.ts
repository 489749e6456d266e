// breaks: page-imports-only-shared
import '#node/stop';
