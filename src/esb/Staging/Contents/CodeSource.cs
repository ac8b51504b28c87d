using Esb.Host.Files;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>A source of code.</summary>
internal abstract record CodeSource
{
    /// <summary>
    /// The source at a path in a template: a folder, an archive (recognised by its name or its first bytes), or a
    /// single file.
    /// </summary>
    /// <returns>Null when nothing usable is at the path, which was reported to the origin.</returns>
    public static CodeSource? At(string path, Origin origin)
    {
        if (path.StartsWith("s3://", StringComparison.Ordinal))
        {
            origin.Error(
                DiagnosticCodes.NotSupported,
                $"the code at '{path}' is on AWS",
                "name a folder, a .zip or a file beside the template");
            return null;
        }

        try
        {
            if (ExistenceCheck.IsFolder(path) && !PlatformContent.IsState(origin.Project?.RealPathOf(path) ?? path))
                return new FolderSource(path);
            if (ExistenceCheck.IsFolder(path) || IsOwnFile(path, origin))
            {
                origin.Error(
                    DiagnosticCodes.WrongValue, $"the code at '{path}' was written by esb itself", "name the code");
                return null;
            }

            if (OrdinaryFile.Instead(path) is { } other)
            {
                origin.Error(
                    DiagnosticCodes.FileAccess,
                    $"the code at '{path}' is {other}",
                    "expected: a folder, a .zip or a file there");
                return null;
            }

            if (ExistenceCheck.IsFile(path)
                && (Path.GetFileName(path) == GivenValues.FileName || origin.Project?.IsSettings(path) == true))
            {
                origin.Error(
                    DiagnosticCodes.WrongValue,
                    $"the code at '{path}' is a file that esb reads its own settings from",
                    "name the code, or give it another name");
                return null;
            }

            if (ExistenceCheck.IsFile(path) && origin.Project?.IsNamed(path) == true)
            {
                origin.Error(
                    DiagnosticCodes.WrongValue,
                    $"the code at '{path}' is a file that a setting of esb names",
                    "name the code");
                return null;
            }

            if (ExistenceCheck.IsFile(path))
                return ZipFileSource.Claims(path) ? new ArchiveSource(path) : new FileSource(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            origin.Error(
                DiagnosticCodes.FileAccess,
                $"the code at '{path}' cannot be inspected: {e.Message}",
                "let your user read it and the folders above it");
            return null;
        }

        origin.Error(
            DiagnosticCodes.FileAccess,
            $"there is no code at '{path}'",
            "expected: a folder, a .zip or a file there; the path is relative to the template");
        return null;
    }

    private static bool IsOwnFile(string path, Origin origin)
    {
        var real = origin.Project?.RealPathOf(path) ?? Path.GetFullPath(path);
        return Statx.OfLink(real) is { IsFile: true } facts
            && (PlatformArchive.Of(real, facts) is not null
                || new PlatformContent(Path.GetDirectoryName(real)!, origin.Project).Holds(real));
    }
}

/// <summary>A folder. It is staged with the dependencies that its manifest names, or built.</summary>
internal sealed record FolderSource(string Path) : CodeSource;

/// <summary>A .zip or .jar: a finished package, as Lambda takes it.</summary>
internal sealed record ArchiveSource(string Path) : CodeSource;

/// <summary>A single file.</summary>
internal sealed record FileSource(string Path) : CodeSource;

/// <summary>Code written inline in the template; Lambda puts it into a file named <c>index</c>.</summary>
internal sealed record InlineSource(string FileName, string Text) : CodeSource;
