using Esb.Objects.Errors;
using Esb.Objects.Requests;

namespace Esb.Objects.Listing;

/// <summary>
/// <c>encoding-type=url</c>: keys in answers are percent-encoded, because XML cannot represent every character.
/// </summary>
internal sealed record KeyEncoding(string? Name)
{
    public static KeyEncoding Of(QueryParameters query) => query["encoding-type"] switch
    {
        null or "" => new KeyEncoding((string?)null),
        "url" => new KeyEncoding("url"),
        var other =>
            throw S3Errors.InvalidArgument("encoding-type", other, "Invalid Encoding Method specified in Request"),
    };

    public string? Apply(string? key) => key is null || Name is null ? key : UriText.Encode(key, keepSlashes: true);
}
