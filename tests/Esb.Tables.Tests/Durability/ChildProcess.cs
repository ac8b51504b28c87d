using System.Diagnostics;

namespace Esb.Tables.Tests.Durability;

/// <summary>Runs one of <see cref="ChildPrograms"/> in a process of its own, which can be killed and limited.</summary>
internal static class ChildProcess
{
    /// <summary>The name of the setting with the folder that a child works in.</summary>
    public const string FolderSetting = "ESB_TABLES_CHILD_FOLDER";

    /// <summary>Starts a child.</summary>
    /// <param name="program">The name of the program: a test that only runs when it is named.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="shell">What a shell does before, e.g. set a limit.</param>
    public static Process Start(string program, string folder, string shell = "true")
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                [FolderSetting] = folder,
                // Otherwise .NET reserves memory as a file, and a limit of files would end it.
                ["DOTNET_EnableWriteXorExecute"] = "0",
            },
            ArgumentList =
            {
                "-c", shell + " && exec \"$@\"", "sh", Environment.ProcessPath!, "--no-ansi", "--progress", "off",
                "--results-directory", Path.Combine(folder, "results"),
                "--treenode-filter", $"/*/*/{nameof(ChildPrograms)}/{program}",
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
