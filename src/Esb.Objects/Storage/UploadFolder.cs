using System.Globalization;
using System.Text.Json;
using Esb.Host.Files;
using Esb.Objects.Errors;

namespace Esb.Objects.Storage;

/// <summary>
/// The unfinished multipart uploads of a bucket: one folder each, with a record and the parts as object files.
/// </summary>
internal sealed class UploadFolder(DataFolder data, string folder)
{
    private const string RecordFile = "upload.json";
    private const string PartPrefix = "part-";

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public void Create(UploadRecord upload)
    {
        var prepared = data.NewTemporaryFolder();
        var json = JsonSerializer.SerializeToUtf8Bytes(upload, StoredRecords.Default.UploadRecord);
        Durable.WriteFile(data, Path.Combine(prepared, RecordFile), json);
        data.Change(() => Directory.Move(prepared, PathOf(upload.UploadId)));
        Fsync.Folder(folder);
    }

    /// <exception cref="S3Exception">NoSuchUpload when this key has no upload with this id.</exception>
    public UploadRecord Require(string uploadId, string key) =>
        Find(uploadId, key) ?? throw S3Errors.NoSuchUpload(uploadId);

    /// <summary>Null when this key has no upload with this id.</summary>
    public UploadRecord? Find(string uploadId, string key)
    {
        // The id becomes a folder name, so only the format of NewId is accepted.
        var upload =
            uploadId.Length == 32 && uploadId.All(char.IsAsciiHexDigitLower) ? TryRead(PathOf(uploadId)) : null;
        return upload?.Key == key ? upload : null;
    }

    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>All uploads, without the headers of the future objects.</summary>
    public IEnumerable<UploadRecord> All() => Directory.EnumerateDirectories(folder).Select(TryRead)
        .OfType<UploadRecord>()
        .Select(upload => upload with { Headers = Nothing, UserMetadata = Nothing, Tags = Nothing });

    public void PutPart(UploadRecord upload, int number, TemporaryFile content, ObjectMetadata metadata)
    {
        ObjectFile.Finish(content, metadata);
        try
        {
            content.MoveTo(PathOf(upload, number));
            Fsync.Folder(PathOf(upload.UploadId));
        }
        catch (IOException) when (!Directory.Exists(PathOf(upload.UploadId)))
        {
            throw S3Errors.NoSuchUpload(upload.UploadId);
        }
    }

    public OpenObject? OpenPart(UploadRecord upload, int number) => ObjectFile.Open(PathOf(upload, number));

    /// <summary>The numbers of the uploaded parts, ascending.</summary>
    public IReadOnlyList<int> PartNumbers(UploadRecord upload)
    {
        try
        {
            return [.. Directory.EnumerateFiles(PathOf(upload.UploadId), PartPrefix + "*").Select(NumberOf).Order()];
        }
        catch (DirectoryNotFoundException)
        {
            throw S3Errors.NoSuchUpload(upload.UploadId);
        }
    }

    /// <summary>Removes the upload with its parts; another request may have done so already.</summary>
    public void Remove(UploadRecord upload)
    {
        try
        {
            data.RemoveFolder(PathOf(upload.UploadId));
        }
        catch (DirectoryNotFoundException)
        {
            // Two requests completed or aborted the same upload at once, and the other one has removed it.
        }
    }

    private static UploadRecord? TryRead(string upload)
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllBytes(Path.Combine(upload, RecordFile)), StoredRecords.Default.UploadRecord);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            DataFolder.Report(upload, e);
            return null;
        }
    }

    private static int NumberOf(string path) =>
        int.Parse(
            Path.GetFileName(path.AsSpan())[PartPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture);

    private string PathOf(string uploadId) => Path.Combine(folder, uploadId);

    private string PathOf(UploadRecord upload, int number) =>
        Path.Combine(folder, upload.UploadId, $"{PartPrefix}{number:D5}");
}
