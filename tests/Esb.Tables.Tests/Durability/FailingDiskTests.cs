using System.Diagnostics;
using Esb.Tables.Storage;

namespace Esb.Tables.Tests.Durability;

/// <summary>A disk that cannot keep what it is told to keep.</summary>
public sealed class FailingDiskTests
{
    // Before a file exists, it is the machine's own call.
    private const string Shim =
        """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <stdlib.h>
        #include <unistd.h>
        static int flush(const char *name, int file) {
            if (access(getenv("FAIL_WHEN"), F_OK) == 0) { errno = EIO; return -1; }
            return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
        }
        int fsync(int file) { return flush("fsync", file); }
        int fdatasync(int file) { return flush("fdatasync", file); }
        """;

    [Test]
    public async Task After_a_flush_that_failed_nothing_is_acknowledged_and_all_that_was_is_there_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("esb-tables").FullName;
        var trigger = Path.Combine(folder, "fails");
        var library = await CompileAsync(folder);
        using (var child = ChildProcess.Start(
            nameof(ChildPrograms.Writes_until_the_disk_fails),
            folder,
            $"export FAIL_WHEN='{trigger}' LD_PRELOAD='{library}'"))
        {
            await Eventually.TrueAsync(() => child.HasExited || ClientTurns.Acknowledged(folder).Sum() > 200);
            await File.WriteAllTextAsync(trigger, "");
            await child.WaitForExitAsync();
            await Assert.That(child.ExitCode).IsEqualTo(0);
        }

        var report = await File.ReadAllLinesAsync(Path.Combine(folder, "report"));
        await Assert.That(report[0]).IsEqualTo("500 t");
        await Assert.That(report.Length).IsEqualTo(2);
        await Assert.That(report[1]).Contains("the disk has failed");
        await using (var database = TableDatabase.Open(Path.Combine(folder, "data"), TimeProvider.System))
        {
            var records = database.Read(session =>
                ClientTurns.Check(session, ClientTurns.Acknowledged(folder), seen: 0));
            await Assert.That(records).IsGreaterThan(200);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> CompileAsync(string folder)
    {
        var source = Path.Combine(folder, "shim.c");
        var library = Path.Combine(folder, "shim.so");
        await File.WriteAllTextAsync(source, Shim);
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
        await compiler.WaitForExitAsync();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException("the shim cannot be compiled");
    }
}
