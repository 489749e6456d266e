// breaks: shared-order-protocol
import '../unlisted/stop.ts';
