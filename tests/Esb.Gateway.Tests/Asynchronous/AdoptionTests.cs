using Esb.Gateway.Asynchronous;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Asynchronous;

internal sealed class AdoptionTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-adoption-").FullName;
    private readonly CancellationTokenSource _end = new();

    [After(Test)]
    public void RemoveFolder()
    {
        _end.Cancel();
        Directory.Delete(_root, recursive: true);
    }

    [Test]
    public async Task Events_of_an_ended_gateway_continue_in_the_next_one_with_their_attempts()
    {
        var first = Failing().Start(isShared: true);
        await first.AcceptAsync("f", "1", "the-id");
        await Eventually.TrueAsync(() => first.CallsOf("f") == 1 && first.Later.Running == 0);
        using var second = Failing().Start(isShared: true);
        var adopting = second.Later.AdoptAsync(_end.Token);
        await Assert.That(second.Later.Pending).IsEqualTo(0);

        first.Dispose();
        await AdvanceUntilAsync(second, TimeSpan.FromSeconds(1), () => second.Later.Pending == 1);
        await AdvanceUntilAsync(second, TimeSpan.FromSeconds(61), () => second.CallsOf("f") == 1);
        await AdvanceUntilAsync(second, TimeSpan.FromSeconds(121), () => second.CallsOf("f") == 2);
        await Eventually.TrueAsync(() => second.Later.Pending == 0);
        await Assert.That(second.Later.GivenUp).IsEqualTo(1);
        await Assert.That(second.Calls.Select(c => c.RequestId).Distinct()).IsEquivalentTo(["the-id"]);
        await Assert.That(Directory.GetFiles(_root, "*.journal")).IsEmpty();
        await Assert.That(adopting.IsCompleted).IsFalse();
    }

    [Test]
    public async Task A_single_gateway_takes_over_the_events_of_several_earlier_ones()
    {
        var first = Failing().Start(isShared: true);
        var second = Failing().Start(isShared: true);
        var third = Failing().Start(isShared: true);
        foreach (var gateway in new[] { first, second, third })
        {
            await gateway.AcceptAsync("f", "1");
            await Eventually.TrueAsync(() => gateway.CallsOf("f") == 1 && gateway.Later.Running == 0);
            gateway.Dispose();
        }

        using var alone = Failing().Start();
        _ = alone.Later.AdoptAsync(_end.Token);
        await Eventually.TrueAsync(() => alone.Later.Pending == 3);
        await AdvanceUntilAsync(alone, TimeSpan.FromSeconds(61), () => alone.CallsOf("f") == 3);
    }

    [Test]
    public async Task A_second_gateway_in_the_folder_is_refused_unless_it_is_expected()
    {
        using var first = Failing().Start(isShared: true);
        await Assert.That(() => Failing().Start()).Throws<IOException>().WithMessageContaining(_root);
    }

    private Functions Failing() => new Functions(_root).With("f", _ => throw new InvalidOperationException("boom"));

    private static Task AdvanceUntilAsync(
        Functions functions,
        TimeSpan by,
        Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        if (condition())
            return true;
        functions.Time.Advance(by);
        return condition();
    });
}
