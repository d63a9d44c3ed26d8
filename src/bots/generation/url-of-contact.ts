/** Where a button can lead to that names a contact: `@name` or a link; undefined when it is words. */
export function urlOfContact(contact: string | undefined): string | undefined {
  const name = /^@(\w{4,32})$/.exec(contact?.trim() ?? '')?.[1];
  if (name !== undefined) return `https://t.me/${name}`;
  return contact !== undefined && /^(https?|tg):\/\/\S+$/.test(contact) && URL.canParse(contact) ? contact : undefined;
}
