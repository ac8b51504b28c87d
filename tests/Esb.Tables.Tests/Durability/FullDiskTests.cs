using Esb.Tables.Keys;
using Esb.Tables.Storage;

namespace Esb.Tables.Tests.Durability;

/// <summary>A disk without room.</summary>
public sealed class FullDiskTests
{
    [Test]
    public async Task A_write_without_room_is_an_error_while_reads_go_on_and_nothing_accepted_is_lost()
    {
        var folder = Directory.CreateTempSubdirectory("esb-tables").FullName;
        // A limit for each file of the process, in blocks of 512 bytes: the same errors as those of a full disk.
        using (var child = ChildProcess.Start(
            nameof(ChildPrograms.Writes_until_there_is_no_room), folder, "trap '' XFSZ && ulimit -f 12000"))
        {
            await child.WaitForExitAsync();
            await Assert.That(child.ExitCode).IsEqualTo(0);
        }

        var report = (await File.ReadAllTextAsync(Path.Combine(folder, "report"))).Split(' ');
        await using (var database = TableDatabase.Open(Path.Combine(folder, "data"), TimeProvider.System))
        {
            var items = database.Read(session => session.Range(
                session.FindTable("t")!, null, KeyRange.All, forward: true, null).Count());
            await Assert.That($"{items}").IsEqualTo(report[0]);
        }

        await Assert.That(report[1]).IsEqualTo(report[0]);
        await Assert.That(report[2]).IsEqualTo("500");
        await Assert.That(report[3]).IsEqualTo("1");
        Directory.Delete(folder, recursive: true);
    }
}
