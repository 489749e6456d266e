// breaks: shared-order-verify
import '../formats/stop.ts';
