using System.Text;
using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Microsoft.Net.Http.Headers;

namespace Esb.Objects.Posting;

/// <summary>A form that a browser posts: its fields up to the file, whose content is left to the caller.</summary>
/// <param name="Fields">By name; case does not matter.</param>
/// <param name="FileName">As sent by the browser; may be empty.</param>
/// <param name="File">Positioned at the content of the file, which comes last.</param>
internal sealed record PostForm(IReadOnlyDictionary<string, string> Fields, string FileName, PartReader File) : IPayload
{
    // "The form data preceding the file may have 20 KB."
    private const int MostBytes = 20 * 1024;
    private const int MostFields = 200;
    private const int LongestBoundary = 200;
    private const int Piece = 1024;

    /// <summary>Whether the request is a form at all.</summary>
    public static bool Is(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <param name="request">The request.</param>
    /// <param name="held">Holds the fields read so far, so that all forms together are limited.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="S3Exception">The request is not a form, is too large, or has no file.</exception>
    public static async Task<PostForm> ReadAsync(
        HttpRequest request,
        DocumentBuffer held,
        CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
            throw PostErrors.Malformed();
        var reader = new PartReader(request.Body, boundary);
        var piece = new byte[Piece];
        while (await reader.ReadAsync(piece, cancellation) > 0)
        {
            // The preamble before the first part is ignored.
        }

        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.NextAsync(cancellation) is { } header)
        {
            if (!ContentDispositionHeaderValue.TryParse(header, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
                throw PostErrors.Malformed();
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
            {
                reader.BeginFile();
                return new PostForm(fields, FileNameOf(disposition), reader);
            }

            if (fields.Count == MostFields)
                throw PostErrors.TooLarge();
            held.Write(Encoding.UTF8.GetBytes(name));
            var value = await ReadTextAsync(reader, held, piece, cancellation);
            if (!fields.TryAdd(name, value))
                throw S3Errors.InvalidArgument(name, value, "A field of the form is given twice.");
        }

        throw PostErrors.NoFile();
    }

    /// <summary>The value; null when the field is absent or empty.</summary>
    public string? Field(string name) => Fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation) =>
        File.ReadAsync(destination, cancellation);

    private static async Task<string> ReadTextAsync(
        PartReader reader,
        DocumentBuffer held,
        byte[] piece,
        CancellationToken cancellation)
    {
        var start = (int)held.Length;
        while (await reader.ReadAsync(piece, cancellation) is > 0 and var count)
        {
            if (held.Length + count > MostBytes)
                throw PostErrors.TooLarge();
            held.Write(piece.AsSpan(0, count));
        }

        return Encoding.UTF8.GetString(held.GetBuffer(), start, (int)held.Length - start);
    }

    // Some browsers send the complete path; S3 takes only the file name.
    private static string FileNameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value
            ?? "";
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }
}
