// breaks: preview-imports-no-node
import '#node/stop';
