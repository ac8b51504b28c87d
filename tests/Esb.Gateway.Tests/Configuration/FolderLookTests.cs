using Esb.Gateway.Configuration;
using Esb.Host.Files;

namespace Esb.Gateway.Tests.Configuration;

internal sealed class FolderLookTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Test]
    [Arguments(0, 20)]
    [Arguments(5, 15)]
    [Arguments(20, 0)]
    [Arguments(1_000, 0)]
    [Arguments(-86_400_000, 0)]
    public async Task A_file_is_left_alone_until_it_has_rested_for_twice_a_tick_whatever_the_clock_does(int millisecondsAgo, int wait)
    {
        var look = new FolderLook("/", Changed(TimeSpan.FromDays(1)), Changed(TimeSpan.FromMilliseconds(millisecondsAgo)));
        await Assert.That(look.Unrest(Now)).IsEqualTo(TimeSpan.FromMilliseconds(wait));
    }

    [Test]
    public async Task What_is_not_there_need_not_come_to_rest() =>
        await Assert.That(new FolderLook("/", default, default).Unrest(DateTimeOffset.UnixEpoch)).IsEqualTo(TimeSpan.Zero);

    private static FileStamp Changed(TimeSpan ago)
    {
        var since = Now - ago - DateTimeOffset.UnixEpoch;
        return new FileStamp(FileKind.Regular, 1, 0, 1, 1, default, new FileTime((long)since.TotalSeconds, (uint)(since.Ticks % TimeSpan.TicksPerSecond * 100)));
    }
}
