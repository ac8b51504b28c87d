using Esb.Gateway.Tests.Serving;
using Esb.Schema.Functions;

namespace Esb.Gateway.Tests.Asynchronous;

/// <summary>
/// The age of an event and the pause before its retry when the gateway is restarted with a clock that is slow or fast,
/// as on a machine without a battery for its clock.
/// </summary>
[Arguments(-2)]
[Arguments(0)]
[Arguments(2)]
internal sealed class RestartTimesTests(int days)
{
    private static readonly AsynchronousSettings AMinute =
        AsynchronousSettings.None with { MaximumEventAgeInSeconds = 60 };

    private readonly string _root = Directory.CreateTempSubdirectory("esb-restart-").FullName;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task An_event_that_waited_runs_at_once(bool isSameBoot)
    {
        using (var before = new Functions(_root).Start())
            await before.AcceptAsync("f", "1");
        using var after = Restarted(isSameBoot, TimeSpan.FromSeconds(10))
            .With("f", _ => Task.FromResult("null"), AMinute)
            .Start();
        await Eventually.TrueAsync(() => after.CallsOf("f") == 1 && after.Later.Pending == 0);
        await Assert.That(after.Later.GivenUp).IsEqualTo(0);
    }

    [Test]
    public async Task An_event_whose_real_age_is_too_high_is_given_up()
    {
        using (var before = new Functions(_root).Start())
            await before.AcceptAsync("f", "1");
        using var after = Restarted(isSameBoot: true, TimeSpan.FromSeconds(61))
            .With("f", _ => Task.FromResult("null"), AMinute)
            .Start();
        await Eventually.TrueAsync(() => after.Later.Pending == 0);
        await Assert.That((after.CallsOf("f"), after.Later.GivenUp)).IsEqualTo((0, 1L));
    }

    [Test]
    [Arguments(true, 40)]
    [Arguments(false, 60)]
    public async Task A_retry_is_made_after_the_rest_of_its_pause(bool isSameBoot, int seconds)
    {
        using (var before = new Functions(_root).With("f", _ => throw new InvalidOperationException("boom")).Start())
        {
            await before.AcceptAsync("f", "1");
            await Eventually.TrueAsync(() => before.CallsOf("f") == 1 && before.Later.Running == 0);
        }

        using var after = Restarted(isSameBoot, TimeSpan.FromSeconds(20))
            .With("f", _ => Task.FromResult("null"))
            .Start();
        after.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        await Assert.That((after.CallsOf("f"), after.Later.Pending)).IsEqualTo((0, 1));
        after.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => after.CallsOf("f") == 1 && after.Later.Pending == 0);
    }

    // The gateway that is started after this time, with a clock that was set by the given number of days.
    private Functions Restarted(bool isSameBoot, TimeSpan passed)
    {
        var functions = new Functions(_root) { Boot = isSameBoot ? Functions.FirstBoot : Guid.NewGuid() };
        functions.Time.Sleep(isSameBoot ? passed : TimeSpan.FromSeconds(1));
        functions.Time.Set(functions.Time.GetUtcNow().AddDays(days));
        return functions;
    }
}
