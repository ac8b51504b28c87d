using System.Globalization;
using System.Text;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Settings;

/// <summary>
/// <c>&lt;S&gt;/format</c>: the format version of a state folder, so that an older esb does not misread it. A folder
/// without it is of version 1.
/// </summary>
internal static class StateFormat
{
    /// <summary>The version that this esb reads and writes.</summary>
    public const int Current = 1;

    /// <summary>The version of a folder; 1 without a file.</summary>
    /// <exception cref="FormatException">The file has no version.</exception>
    public static int Of(StateFolder state)
    {
        try
        {
            var text = OrdinaryFile.ReadText(state.FormatFile).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
                ? version
                : throw new FormatException($"'{text}' is not a version");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return 1;
        }
    }

    /// <summary>Refuses a folder of a newer version.</summary>
    /// <exception cref="CommandFailure">The folder is newer than this esb.</exception>
    public static void Require(StateFolder state)
    {
        int version;
        try
        {
            version = Of(state);
        }
        catch (UnauthorizedAccessException)
        {
            return; // A command that needs the folder reports the error itself; others continue.
        }
        catch (FormatException e)
        {
            throw Refused(
                state,
                $"is damaged: {e.Message}",
                "write the format version of the state folder into it, for this ESB 1");
        }

        if (version > Current)
            throw Refused(
                state,
                $"says that the state folder has format version {version}; this ESB reads {Current}",
                $"use ESB {version}.0 or newer, or another folder (ESB_STATE_DIR)");
    }

    /// <summary>Writes the file if it is missing.</summary>
    public static void Mark(StateFolder state)
    {
        if (!ExistenceCheck.IsFile(state.FormatFile))
            AtomicFile.Write(
                state.FormatFile, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Current}\n")));
    }

    private static CommandFailure Refused(StateFolder state, string what, string help) => new(
        ExitCode.Failure,
        [new Diagnostic(Severity.Error, DiagnosticCodes.NewerFormat, what, state.FormatFile, Help: help)]);
}
