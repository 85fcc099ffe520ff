import type { Measure } from '../engine/measure.ts';

/** A sentence on what the loop does about a failure before it goes on. */
export function describeMeasure(measure: Measure): string {
  switch (measure.kind) {
    case 'free-memory':
      return "The WebUI's memory is freed first.";
    case 'smaller-batch':
      return measure.batchSize === 1
        ? 'From now on its images are made one by one.'
        : `From now on ${measure.batchSize} images are made together.`;
    case 'smaller-size':
      return `From now on images are made ${measure.width}x${measure.height}.`;
    case 'interrupt':
      return 'It is interrupted.';
    case 'reconnect':
      return 'The connection is dropped; what it has made is looked for.';
    case 'restart-command':
      return 'The restart command is run.';
    case 'next-generation':
      return 'The next generation makes others in their place.';
  }
}

/** The measure in a word or two, for the ledger. */
export function nameMeasure(measure: Measure): string {
  switch (measure.kind) {
    case 'free-memory':
    case 'restart-command':
    case 'next-generation':
    case 'interrupt':
    case 'reconnect':
      return measure.kind;
    case 'smaller-batch':
      return `batch size ${measure.batchSize}`;
    case 'smaller-size':
      return `${measure.width}x${measure.height}`;
  }
}

/** What was done about a failure, for the incidents that a person reads in the morning; begins with a verb. */
export function actionOfMeasure(measure: Measure): string {
  switch (measure.kind) {
    case 'free-memory':
      return "freed the WebUI's memory";
    case 'smaller-batch':
      return `made ${measure.batchSize === 1 ? 'images one by one' : `batches of ${measure.batchSize}`} from then on`;
    case 'smaller-size':
      return `made images ${measure.width}x${measure.height} from then on`;
    case 'interrupt':
      return 'asked the WebUI to end it';
    case 'reconnect':
      return 'dropped the connection and looked for what it had made';
    case 'restart-command':
      return 'ran the restart command';
    case 'next-generation':
      return 'made others in their place';
  }
}
