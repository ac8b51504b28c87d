using Esb.Objects.Requests;
using Esb.Objects.Signing;

namespace Esb.Objects.Access;

/// <summary>A request as policies see it, whatever it is checked for.</summary>
/// <param name="Http">The connection and the method.</param>
/// <param name="Headers">The headers; for a form, its fields.</param>
/// <param name="Target">The bucket or object.</param>
/// <param name="Authentication">Who calls.</param>
/// <param name="Operation">Its sub-resource in the table of operations.</param>
internal sealed record Call(
    HttpContext Http, IHeaderDictionary Headers, Target Target, Authentication Authentication, string Operation)
{
    /// <summary>Whether the request has no signature; any other request is the owner's.</summary>
    public bool IsAnonymous => Authentication.IsAnonymous;

    public string Method => Http.Request.Method;

    /// <summary>The value of a header; null when it is absent or empty.</summary>
    public string? Header(string name) => Headers[name].ToString() is { Length: > 0 } value ? value : null;
}
