using Esb.Host.Files;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>Where code comes from.</summary>
internal abstract record CodeSource
{
    /// <summary>
    /// What a path in a template names: a folder, an archive (by its name, or by its bytes whatever its name), or one
    /// file.
    /// </summary>
    /// <returns>Null when there is nothing; the origin has been told.</returns>
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
            if (Presence.IsFolder(path) && !PlatformContent.IsState(origin.Project?.RealPathOf(path) ?? path))
                return new FolderSource(path);
            if (Presence.IsFolder(path) || IsOwnFile(path, origin))
            {
                origin.Error(
                    DiagnosticCodes.WrongValue, $"the code at '{path}' is what esb itself wrote", "name the code");
                return null;
            }

            if (OrdinaryFile.Instead(path) is { } other)
            {
                origin.Error(
                    DiagnosticCodes.FileAccess,
                    $"the code at '{path}' is {other}",
                    "expected is a folder, a .zip or a file there");
                return null;
            }

            if (Presence.IsFile(path)
                && (Path.GetFileName(path) == GivenValues.FileName || origin.Project?.IsSettings(path) == true))
            {
                origin.Error(
                    DiagnosticCodes.WrongValue,
                    $"the code at '{path}' is a file that esb reads its own settings from",
                    "name the code, or give it another name");
                return null;
            }

            if (Presence.IsFile(path))
                return ZipFileSource.Claims(path) ? new ArchiveSource(path) : new FileSource(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            origin.Error(
                DiagnosticCodes.FileAccess,
                $"the code at '{path}' cannot be looked at: {e.Message}",
                "let your user read it, and the folders on the way");
            return null;
        }

        origin.Error(
            DiagnosticCodes.FileAccess,
            $"there is no code at '{path}'",
            "expected is a folder, a .zip or a file there; the path is relative to the template");
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

/// <summary>A folder, staged as it is, then completed by what its dependency manifest names.</summary>
internal sealed record FolderSource(string Path) : CodeSource;

/// <summary>A .zip or .jar: a finished package, as Lambda takes it.</summary>
internal sealed record ArchiveSource(string Path) : CodeSource;

/// <summary>One file alone.</summary>
internal sealed record FileSource(string Path) : CodeSource;

/// <summary>Code written inline in the template; Lambda puts it into a file named <c>index</c>.</summary>
internal sealed record InlineSource(string FileName, string Text) : CodeSource;
