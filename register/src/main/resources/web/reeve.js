import { initAll } from 'GOVUK_FRONTEND';

initAll();
