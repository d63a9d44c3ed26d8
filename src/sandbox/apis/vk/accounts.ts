import type { DemoAccount } from '../oauth/authorization-request.js';

interface VkAccount extends DemoAccount {
  firstName: string;
  lastName: string;
}

const account = (id: number, firstName: string, lastName: string): VkAccount => ({
  id: String(id),
  name: `${firstName} ${lastName}`,
  detail: `vk.com/id${id}`,
  firstName,
  lastName,
});

export const VK_ACCOUNTS: readonly VkAccount[] = [
  account(700000001, 'Анна', 'Песочникова'),
  account(700000002, 'Иван', 'Пробный'),
];

export const accountOf = (id: string): VkAccount | undefined => VK_ACCOUNTS.find((known) => known.id === id);
