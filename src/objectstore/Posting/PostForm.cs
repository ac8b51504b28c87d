using System.Text;
using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Payloads;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Esb.ObjectStore.Posting;

/// <summary>A form that a browser posts: its fields up to the file, which is read by whoever takes the form.</summary>
/// <param name="Fields">By name, whatever the case of its letters.</param>
/// <param name="FileName">As the browser calls it; may be empty.</param>
/// <param name="File">The content, which comes last.</param>
internal sealed record PostForm(IReadOnlyDictionary<string, string> Fields, string FileName, Stream File) : IPayload
{
    // "The form data preceding the file may have 20 KB."
    private const int MostBytes = 20 * 1024;
    private const int MostFields = 200;
    private const int LongestBoundary = 200;

    /// <summary>Whether the request is a form at all.</summary>
    public static bool Is(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="S3Exception">It is no form, too large, or has no file.</exception>
    public static async Task<PostForm> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
            throw PostErrors.Malformed();
        var reader = new MultipartReader(boundary, request.Body);
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var left = MostBytes;
        while (await NextAsync(reader, cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
                throw PostErrors.Malformed();
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
                return new PostForm(fields, FileNameOf(disposition), section.Body);
            var value = await ReadTextAsync(section.Body, left, cancellation);
            left -= Encoding.UTF8.GetByteCount(value) + name.Length;
            if (left < 0 || fields.Count == MostFields)
                throw PostErrors.TooLarge();
            if (!fields.TryAdd(name, value))
                throw S3Errors.InvalidArgument(name, value, "A field of the form is given twice.");
        }

        throw PostErrors.NoFile();
    }

    /// <summary>The value, null when the form has none or an empty one.</summary>
    public string? Field(string name) => Fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAsync(destination, cancellation);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw PostErrors.Malformed();
        }
    }

    private static bool IsMalformed(Exception e) => e is InvalidDataException || (e is IOException and not BadHttpRequestException);

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellation);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw PostErrors.Malformed();
        }
    }

    private static async Task<string> ReadTextAsync(Stream section, int most, CancellationToken cancellation)
    {
        var bytes = new byte[most + 1];
        var length = 0;
        try
        {
            while (await section.ReadAsync(bytes.AsMemory(length), cancellation) is > 0 and var count)
                length += count;
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw PostErrors.Malformed();
        }

        return length <= most ? Encoding.UTF8.GetString(bytes, 0, length) : throw PostErrors.TooLarge();
    }

    // Some browsers send the whole path; S3 takes the name alone.
    private static string FileNameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }
}
