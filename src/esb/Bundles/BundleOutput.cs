using System.Security.Cryptography;
using Esb.Cli.Bundles.Format;
using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Bundles;

/// <summary>
/// The file of a new bundle. It is written next to its final path, flushed to the disk, and renamed. Only its owner can
/// read it, since it contains the environment variables of functions.
/// </summary>
internal sealed class BundleOutput : IDisposable
{
    private readonly string _path;
    private readonly UnfinishedFolder _work;
    private readonly FileStream _file;

    private BundleOutput(string path, UnfinishedFolder work, FileStream file) =>
        (_path, _work, _file) = (path, work, file);

    /// <summary>The size in bytes, once the file is written.</summary>
    public long Length { get; private set; }

    /// <summary>Called before anything is built, so that a folder that cannot be written is reported at once.</summary>
    /// <exception cref="CommandFailure">The folder cannot be written.</exception>
    public static BundleOutput Begin(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw CommandFailure.Usage($"{path} is a folder", "name a file: -o site.esb");
        if (OrdinaryFile.Instead(full) is { } other)
            throw CommandFailure.Usage($"{path} is {other}; esb writes only files", "name a file: -o site.esb");
        ProjectLinks.Refuse(full);
        // A link stays in place; its target is replaced.
        full = Target(full);
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw CommandFailure.Environment(
                $"{path} cannot be written: there is no folder {Path.GetDirectoryName(full)}",
                "make it, or name another one");
        UnfinishedFolder? work = null;
        try
        {
            work = UnfinishedFolder.Create(full);
            var file = new FileStream(Path.Combine(work.Path, "bundle"), new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            return new BundleOutput(full, work, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            work?.Dispose();
            throw CommandFailure.Environment(
                $"{path} cannot be written: {e.Message.TrimEnd('.')}",
                "name a file in a folder that exists and can be written to");
        }
    }

    /// <summary>A folder for temporary files; <see cref="Dispose"/> removes it.</summary>
    public string WorkFolder() => _work.Path;

    /// <returns>The SHA-256 of the file, 64 hex digits.</returns>
    /// <exception cref="BundleFault">See <see cref="BundleWriter"/>.</exception>
    public string Write(
        BundleManifest manifest,
        IReadOnlyList<BundleItem> items,
        ByteProgress progress,
        CancellationToken cancellationToken)
    {
        progress.Begin(manifest.Bytes);
        using var hash = SHA256.Create();
        using (var hashing = new CryptoStream(_file, hash, CryptoStreamMode.Write, leaveOpen: true))
            BundleWriter.Write(hashing, manifest, items, progress.Add, cancellationToken);
        _file.Flush(flushToDisk: true);
        Length = _file.Length;
        cancellationToken.ThrowIfCancellationRequested();
        File.Move(_file.Name, _path, overwrite: true);
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static string Target(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is null
                ? path
                : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Environment(
                $"{path} cannot be written: {e.Message.TrimEnd('.')}", "name another file");
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _work.Dispose();
    }
}
