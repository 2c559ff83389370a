import type { Resource } from '../../types.ts';
import { findContained } from '../resolve.ts';
import { report, type Run, type Tree } from '../run.ts';
import { checkAnswer } from './answers.ts';
import { collectAnswers, isEnabled, type Answers } from './enabled.ts';
import { extensionValue, formItems, list, type FormItem } from './form.ts';

const occurs = 'http://hl7.org/fhir/StructureDefinition/questionnaire-';
const finished = new Set(['completed', 'amended']);

type Checking = { run: Run; answers: Answers; isFinished: boolean };

/** Checks a QuestionnaireResponse against its Questionnaire, when that can be found. Source: http://hl7.org/fhir/R4/questionnaireresponse.html */
export function checkResponse(run: Run, response: Resource, path: string): void {
  const url = response['questionnaire'];
  if (typeof url !== 'string') return;
  const form = findForm(run, url);
  if (!form) {
    report(
      run,
      'warning',
      'not-found',
      `${path}.questionnaire`,
      'The Questionnaire is not here, so the answers were not checked against it.',
    );
    return;
  }
  const checking: Checking = {
    run,
    answers: collectAnswers(response),
    isFinished: finished.has(String(response['status'])),
  };
  checkItems(checking, formItems(form), response, path);
}

function findForm(run: Run, url: string): Tree | undefined {
  const found = url.startsWith('#')
    ? findContained(run.scope.root, url.slice(1))
    : (run.options.resolve?.(url) ?? run.definitions.canonical('Questionnaire', url));
  return found?.resourceType === 'Questionnaire' ? found : undefined;
}

function checkItems(checking: Checking, form: FormItem[], parent: Tree, path: string): void {
  const items = list(parent['item']);
  const order: number[] = [];
  items.forEach((item, at) => {
    const place = `${path}.item[${at}]`;
    const index = form.findIndex((one) => one.linkId === item['linkId']);
    if (index < 0) {
      report(
        checking.run,
        'error',
        'not-found',
        `${place}.linkId`,
        'The Questionnaire has no such linkId here. Correct the linkId or where the item stands.',
      );
      return;
    }
    order.push(index);
    checkItem(checking, form[index]!, item, place);
  });
  if (order.some((index, at) => at > 0 && index < order[at - 1]!)) {
    report(
      checking.run,
      'error',
      'structure',
      path,
      'The items must stand in the order of the Questionnaire.',
    );
  }
  for (const one of form)
    checkPresence(
      checking,
      one,
      items.filter((item) => item['linkId'] === one.linkId),
      path,
    );
}

function checkItem(checking: Checking, form: FormItem, item: Tree, path: string): void {
  const { run } = checking;
  const answers = list(item['answer']);
  if (form.type === 'group' || form.type === 'display' || form.type === 'question') {
    if (answers.length > 0)
      report(
        run,
        'error',
        'structure',
        path,
        `An item of type ${form.type} cannot have answers. Remove them.`,
      );
    if (form.type !== 'display') checkItems(checking, form.items, item, path);
    return;
  }
  if (list(item['item']).length > 0) {
    report(
      run,
      'error',
      'structure',
      path,
      'Items that follow from a question must stand inside its answer.',
    );
  }
  answers.forEach((answer, at) => {
    const place = `${path}.answer[${at}]`;
    checkAnswer(run, form, answer, place);
    if (form.items.length > 0 || answer['item'] !== undefined)
      checkItems(checking, form.items, answer, place);
  });
}

/** Required items must be answered once the response is finished, unless their conditions leave them out. */
function checkPresence(checking: Checking, form: FormItem, items: Tree[], path: string): void {
  const { run, isFinished, answers } = checking;
  const isGroup = form.type === 'group';
  const count =
    isGroup || form.type === 'display'
      ? items.length
      : items.reduce((sum, item) => sum + list(item['answer']).length, 0);
  if (!isGroup && items.length > 1)
    report(
      run,
      'error',
      'structure',
      path,
      'One question may have only one item. Put its answers in one item.',
    );
  if (count > 1 && !form.repeats)
    report(run, 'error', 'structure', path, 'This item may be answered only once.');
  const least = extensionValue(form, `${occurs}minOccurs`);
  const most = extensionValue(form, `${occurs}maxOccurs`);
  if (typeof most === 'number' && count > most)
    report(run, 'error', 'structure', path, `At most ${most} answers are allowed, found ${count}.`);
  if (!isFinished || !isEnabled(form, answers)) return;
  if (typeof least === 'number' && count < least)
    report(run, 'error', 'required', path, `At least ${least} answers are needed, found ${count}.`);
  if (form.required && count === 0 && form.type !== 'display')
    report(run, 'error', 'required', path, 'A required question has no answer. Answer it.');
}
