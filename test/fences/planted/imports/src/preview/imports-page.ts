// keeps the rules
import '#page/stop';
