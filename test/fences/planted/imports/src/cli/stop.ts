// keeps the rules
import '#node/stop';
import '#shared/core/stop';
