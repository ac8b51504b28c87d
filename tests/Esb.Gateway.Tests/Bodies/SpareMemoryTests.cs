using Esb.Gateway.Bodies;

namespace Esb.Gateway.Tests.Bodies;

internal sealed class SpareMemoryTests
{
    private readonly SteppedTime _time = new();
    private long _allocated;
    private long _resident;
    private long _open;
    private long _held;
    private long _kept;
    private int _reads;

    [Test]
    public async Task Memory_is_given_back_once_when_it_has_been_quiet_after_a_burst()
    {
        var spare = NewSpare();
        Look(spare, SpareMemory.WorthIt, grown: SpareMemory.WorthIt);
        for (var i = 0; i < 4; i++)
            Look(spare, 0);
        Look(spare, SpareMemory.Quiet);
        for (var i = 0; i < 4; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(0);
        for (var i = 0; i < 100; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(1);
    }

    [Test]
    public async Task What_clients_held_is_given_back_when_they_have_gone_without_a_request_more()
    {
        var spare = NewSpare();
        Come(15_000);
        Look(spare, 10 * SpareMemory.WorthIt, grown: 10 * SpareMemory.WorthIt);
        for (var i = 0; i < 100; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(1);
        Come(0);
        for (var i = 0; i < 100; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(2);
    }

    [Test]
    public async Task What_a_few_clients_held_over_a_collection_is_given_back_when_they_have_gone()
    {
        var spare = NewSpare();
        Come(50);
        Hold(8 * SpareMemory.WorthIt, 9 * SpareMemory.WorthIt);
        Look(spare, 10 * SpareMemory.WorthIt, grown: 9 * SpareMemory.WorthIt);
        for (var i = 0; i < 100; i++)
            Look(spare, 0);
        // Asked while they stay: the rest is theirs.
        await Assert.That(spare.Returns).IsEqualTo(1);
        Look(spare, 2 * SpareMemory.WorthIt);
        for (var i = 0; i < 100; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(1);
        Hold(0, 0);
        for (var i = 0; i < 100; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(2);
        // The same once more, in memory that was given back before: what they hold is no reason, that they have gone is.
        Hold(8 * SpareMemory.WorthIt, 8 * SpareMemory.WorthIt);
        Look(spare, 10 * SpareMemory.WorthIt, grown: 8 * SpareMemory.WorthIt);
        for (var i = 0; i < 100; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(2);
        Hold(0, 0);
        for (var i = 0; i < 100; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(3);
        await Assert.That(_resident).IsEqualTo(0);
    }

    [Test]
    public async Task What_is_allocated_and_used_again_is_no_reason_and_an_idle_gateway_does_not_even_look()
    {
        var spare = NewSpare();
        Look(spare, 3 * SpareMemory.WorthIt);
        var before = _reads;
        for (var i = 0; i < 1_000; i++)
            Look(spare, 1_000);
        await Assert.That(spare.Returns).IsEqualTo(0);
        await Assert.That(_reads - before).IsEqualTo(1);
    }

    private SpareMemory NewSpare() => new(new SpareMemory.Measures(() => _allocated, Resident, () => _held, () => _open), () => _resident = _kept, _time);

    private void Come(long count) => _open = count;

    // What clients hold, and what a collection leaves of the process meanwhile.
    private void Hold(long held, long kept) => (_held, _kept) = (held, kept);

    private long Resident()
    {
        _reads++;
        return _resident;
    }

    private void Look(SpareMemory spare, long allocated, long grown = 0)
    {
        _allocated += allocated;
        _resident += grown;
        _time.Advance(TimeSpan.FromSeconds(1));
        spare.Look();
    }
}
