import { chatToWrite, countMessage } from '../chat-access.js';
import { badRequest } from '../errors.js';
import type { Method } from '../method.js';
import { isRecord, type Params } from '../params.js';
import { send } from '../send.js';
import type { Message } from '../types.js';

const MAX_TITLE = 32;
const MAX_DESCRIPTION = 255;
const MAX_PAYLOAD_BYTES = 128;

export const sendInvoice: Method = (world, call): Message => {
  const place = chatToWrite(world, call);
  const { params } = call;
  const title = required(params, 'title');
  const description = required(params, 'description');
  const currency = required(params, 'currency');
  if (title.length > MAX_TITLE) throw badRequest('INVOICE_TITLE_INVALID');
  if (description.length > MAX_DESCRIPTION) throw badRequest('INVOICE_DESCRIPTION_INVALID');
  if (Buffer.byteLength(required(params, 'payload')) > MAX_PAYLOAD_BYTES) throw badRequest('INVOICE_PAYLOAD_INVALID');
  const start_parameter = params.text('start_parameter') ?? '';
  const invoice = { title, description, start_parameter, currency, total_amount: totalOf(params, currency) };
  countMessage(world, place);
  return send(world, call, place, { invoice });
};

export const answerPreCheckoutQuery: Method = (_world, { params }): true => {
  required(params, 'pre_checkout_query_id');
  if (!params.flag('ok')) required(params, 'error_message');
  return true;
};

function totalOf(params: Params, currency: string): number {
  const prices = params.list('prices') ?? [];
  if (prices.length === 0) throw badRequest('there must be at least one price');
  if (currency === 'XTR' && prices.length > 1) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID');
  return prices.reduce<number>((total, price) => {
    if (!isRecord(price) || typeof price.amount !== 'number') throw badRequest("can't parse prices JSON object");
    return total + price.amount;
  }, 0);
}

function required(params: Params, name: string): string {
  const value = params.text(name);
  if (value === undefined) throw badRequest(`parameter "${name}" is required`);
  return value;
}
