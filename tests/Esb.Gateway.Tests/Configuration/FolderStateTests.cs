using Esb.Gateway.Configuration;
using Esb.Host.Files;

namespace Esb.Gateway.Tests.Configuration;

internal sealed class FolderStateTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Test]
    [Arguments(0, 20)]
    [Arguments(5, 15)]
    [Arguments(20, 0)]
    [Arguments(1_000, 0)]
    [Arguments(-86_400_000, 0)]
    public async Task A_file_is_read_only_after_it_was_unchanged_for_two_ticks_whatever_the_clock_does(
        int millisecondsAgo,
        int wait)
    {
        var look = new FolderState(
            "/", Changed(TimeSpan.FromDays(1)), Changed(TimeSpan.FromMilliseconds(millisecondsAgo)));
        await Assert.That(look.TimeUntilSettled(Now)).IsEqualTo(TimeSpan.FromMilliseconds(wait));
    }

    [Test]
    public async Task A_missing_file_need_not_settle() =>
        await Assert.That(new FolderState("/", default, default).TimeUntilSettled(DateTimeOffset.UnixEpoch))
            .IsEqualTo(TimeSpan.Zero);

    private static FileStamp Changed(TimeSpan ago)
    {
        var since = Now - ago - DateTimeOffset.UnixEpoch;
        return new FileStamp(FileKind.Regular, 1, 0, 1, 1, default, new FileTime(
            (long)since.TotalSeconds, (uint)(since.Ticks % TimeSpan.TicksPerSecond * 100)));
    }
}
