// breaks: shared-imports-no-layer
import '#page/stop';
