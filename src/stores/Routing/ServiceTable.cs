namespace Esb.Stores.Routing;

/// <summary>
/// Finds the service that a request is for: by X-Amz-Target, then by the scope of its signature, then by its form.
/// </summary>
/// <param name="services">The services.</param>
/// <param name="absent">Answers requests for services of AWS that are not here.</param>
/// <param name="others">Answers everything else.</param>
internal sealed class ServiceTable(IReadOnlyList<IService> services, IService absent, IService others)
{
    public IService Find(HttpRequest request)
    {
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
        {
            var prefix = target.Split('.')[0];
            return services.FirstOrDefault(service => service.Targets.Contains(prefix)) ?? absent;
        }

        if (ScopedService.Of(request) is { } name)
            return services.FirstOrDefault(service => service.Name == name) ?? absent;
        return services.FirstOrDefault(service => service.HasForm(request)) ?? others;
    }
}
