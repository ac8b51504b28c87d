using Esb.Sam.Functions;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis;

/// <summary>Makes the two routes of a function URL, below <c>/_url/NAME</c>.</summary>
internal static class UrlRoutes
{
    public static IEnumerable<SamRoute> Of(SamFunction function)
    {
        if (function.Url is not { } url)
            yield break;
        foreach (var path in (string[])[$"/_url/{function.Name}", $"/_url/{function.Name}/{{proxy+}}"])
        {
            yield return new SamRoute
            {
                Path = path,
                Method = "ANY",
                Function = function.Name,
                Payload = "2.0",
                IsFunctionUrl = true,
                InvokeMode = url.InvokeMode == "BUFFERED" ? null : url.InvokeMode,
                Cors = url.Cors,
                Authorizer = url.NeedsSignature
                    ? AuthorizerForm.Iam
                    : url.Closed is { } reason ? AuthorizerForm.Closed(reason) : null,
                Place = url.Place,
            };
        }
    }
}
