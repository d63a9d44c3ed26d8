import { generationWorld, type GenerationNode, type GenerationWorld } from '../testing/generation-world.js';
import { providerSteps, type ProviderSteps } from '../flow/testing/provider-steps.js';
import { SubmissionEnds } from './submission-ends.js';

/** A key counts what is open of it; of ten who end the same, one ends it. */
describe('the end of a submission', () => {
  let world: GenerationWorld;
  let nodes: GenerationNode[];
  let steps: ProviderSteps;
  beforeAll(async () => {
    world = await generationWorld();
    nodes = [await world.start(), await world.start()];
    steps = providerSteps(nodes[0]!);
  });
  afterAll(() => world.close());

  const together = (work: (ends: SubmissionEnds) => Promise<unknown>) =>
    Promise.all(
      [...nodes, ...nodes, ...nodes, ...nodes].map(({ app }) => work(app.get(SubmissionEnds, { strict: false }))),
    );

  it('counts once, whoever ends it and however', async () => {
    const others = [await steps.generating(), await steps.generating()];
    const { id } = await steps.generating();
    const [submission] = await steps.submissions(id);
    expect(await steps.inFlight()).toBe(3);
    const ended = await together((ends) => ends.end([{ id: submission!.id, state: 'failed' }]));
    expect(ended.flat()).toEqual([submission!.id]);
    await together((ends) => ends.giveUp(id));
    await together((ends) => ends.win(id, submission!.id));
    expect([await steps.states(id), await steps.inFlight()]).toEqual([['failed'], 2]);
    await together((ends) => ends.giveUp(others[0]!.id));
    expect([await steps.states(others[0]!.id), await steps.inFlight()]).toEqual([['lost'], 1]);
    const losses = (await steps.notes(others[0]!.id)).filter((note) => note.startsWith('Loss'));
    expect(losses).toHaveLength(1);
  });

  it('is over for the window of its account, too, when it was never answered', async () => {
    const { id } = await steps.generating();
    await steps.database.query(
      `UPDATE generation_submissions SET state = 'sending', answered_at = NULL WHERE job_id = $1`,
      [id],
    );
    await nodes[0]!.app.get(SubmissionEnds, { strict: false }).giveUp(id);
    expect((await steps.submissions(id))[0]?.answeredAt).toBeInstanceOf(Date);
  });
});
