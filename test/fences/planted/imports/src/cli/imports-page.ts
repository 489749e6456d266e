// breaks: cli-imports-no-page
import '#page/stop';
