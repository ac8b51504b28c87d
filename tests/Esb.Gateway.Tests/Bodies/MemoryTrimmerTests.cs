using Esb.Gateway.Bodies;

namespace Esb.Gateway.Tests.Bodies;

internal sealed class MemoryTrimmerTests
{
    private readonly SteppedTime _time = new();
    private long _allocated;
    private long _resident;
    private long _open;
    private long _held;
    private long _kept;
    private int _reads;

    [Test]
    public async Task Memory_is_returned_once_when_the_gateway_is_idle_after_a_burst()
    {
        var trimmer = NewTrimmer();
        Check(trimmer, MemoryTrimmer.MinBytes, grown: MemoryTrimmer.MinBytes);
        for (var i = 0; i < 4; i++)
            Check(trimmer, 0);
        Check(trimmer, MemoryTrimmer.Quiet);
        for (var i = 0; i < 4; i++)
            Check(trimmer, 0);
        await Assert.That(trimmer.Returns).IsEqualTo(0);
        for (var i = 0; i < 100; i++)
            Check(trimmer, 0);
        await Assert.That(trimmer.Returns).IsEqualTo(1);
    }

    [Test]
    public async Task Memory_that_clients_held_is_returned_after_they_have_disconnected()
    {
        var trimmer = NewTrimmer();
        Connect(15_000);
        Check(trimmer, 10 * MemoryTrimmer.MinBytes, grown: 10 * MemoryTrimmer.MinBytes);
        for (var i = 0; i < 100; i++)
            Check(trimmer, 0);
        await Assert.That(trimmer.Returns).IsEqualTo(1);
        Connect(0);
        for (var i = 0; i < 100; i++)
            Check(trimmer, 0);
        await Assert.That(trimmer.Returns).IsEqualTo(2);
    }

    [Test]
    public async Task Memory_that_a_few_clients_held_during_a_collection_is_returned_after_they_have_disconnected()
    {
        var trimmer = NewTrimmer();
        Connect(50);
        Hold(8 * MemoryTrimmer.MinBytes, 9 * MemoryTrimmer.MinBytes);
        Check(trimmer, 10 * MemoryTrimmer.MinBytes, grown: 9 * MemoryTrimmer.MinBytes);
        for (var i = 0; i < 100; i++)
            Check(trimmer, 0);
        // Checked while the clients are connected: the remaining memory is theirs.
        await Assert.That(trimmer.Returns).IsEqualTo(1);
        Check(trimmer, 2 * MemoryTrimmer.MinBytes);
        for (var i = 0; i < 100; i++)
            Check(trimmer, 0);
        await Assert.That(trimmer.Returns).IsEqualTo(1);
        Hold(0, 0);
        for (var i = 0; i < 100; i++)
            Check(trimmer, 0);
        await Assert.That(trimmer.Returns).IsEqualTo(2);
        // The same again, in memory that was returned before: not the memory that they hold, but their disconnection is
        // a reason for a collection.
        Hold(8 * MemoryTrimmer.MinBytes, 8 * MemoryTrimmer.MinBytes);
        Check(trimmer, 10 * MemoryTrimmer.MinBytes, grown: 8 * MemoryTrimmer.MinBytes);
        for (var i = 0; i < 100; i++)
            Check(trimmer, 0);
        await Assert.That(trimmer.Returns).IsEqualTo(2);
        Hold(0, 0);
        for (var i = 0; i < 100; i++)
            Check(trimmer, 0);
        await Assert.That(trimmer.Returns).IsEqualTo(3);
        await Assert.That(_resident).IsEqualTo(0);
    }

    [Test]
    public async Task Reused_memory_causes_no_collection_and_an_idle_gateway_reads_nothing()
    {
        var trimmer = NewTrimmer();
        Check(trimmer, 3 * MemoryTrimmer.MinBytes);
        var before = _reads;
        for (var i = 0; i < 1_000; i++)
            Check(trimmer, 1_000);
        await Assert.That(trimmer.Returns).IsEqualTo(0);
        await Assert.That(_reads - before).IsEqualTo(1);
    }

    private MemoryTrimmer NewTrimmer() => new(
        new MemoryTrimmer.Measures(() => _allocated, Resident, () => _held, () => _open),
        () => _resident = _kept,
        _time);

    private void Connect(long count) => _open = count;

    // Sets the memory that clients hold, and the memory that a collection leaves.
    private void Hold(long held, long kept) => (_held, _kept) = (held, kept);

    private long Resident()
    {
        _reads++;
        return _resident;
    }

    private void Check(MemoryTrimmer trimmer, long allocated, long grown = 0)
    {
        _allocated += allocated;
        _resident += grown;
        _time.Advance(TimeSpan.FromSeconds(1));
        trimmer.Check();
    }
}
