// breaks: no-cycle
import './cycle-second.ts';
