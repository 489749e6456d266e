// breaks: index-imports-no-page
import './page/stop.ts';
