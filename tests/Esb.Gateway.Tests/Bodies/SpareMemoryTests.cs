using Esb.Gateway.Bodies;

namespace Esb.Gateway.Tests.Bodies;

internal sealed class SpareMemoryTests
{
    private const long Megabyte = 1024 * 1024;

    private readonly SteppedTime _time = new();
    private long _most;

    [Test]
    public async Task Memory_is_given_back_once_when_it_has_been_quiet_after_a_flood()
    {
        var spare = new SpareMemory(() => Interlocked.Exchange(ref _most, 0), _time);
        Look(spare, 100 * Megabyte);
        for (var i = 0; i < 4; i++)
            Look(spare, 0);
        Look(spare, 8 * Megabyte);
        for (var i = 0; i < 4; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(0);
        for (var i = 0; i < 20; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(1);
    }

    [Test]
    public async Task What_is_always_small_is_never_worth_a_collection()
    {
        var spare = new SpareMemory(() => Interlocked.Exchange(ref _most, 0), _time);
        for (var i = 0; i < 60; i++)
            Look(spare, i % 2 * 16 * Megabyte);
        for (var i = 0; i < 60; i++)
            Look(spare, 0);
        await Assert.That(spare.Returns).IsEqualTo(0);
    }

    private void Look(SpareMemory spare, long most)
    {
        _most = most;
        _time.Advance(TimeSpan.FromSeconds(1));
        spare.Look();
    }
}
