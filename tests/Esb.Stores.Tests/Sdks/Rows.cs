using System.Reflection;
using Amazon.Runtime;

namespace Esb.Stores.Tests.Sdks;

/// <summary>Collects what methods of the SDK for .NET meet.</summary>
internal sealed class Rows(string group)
{
    private readonly List<SdkRow> _rows = [];

    public IReadOnlyList<SdkRow> All => _rows;

    /// <summary>Makes a call; a later one may need what an earlier one wrote.</summary>
    public async Task AddAsync(string name, Func<Task> call)
    {
        try
        {
            await call();
            _rows.Add(new SdkRow(group, name));
        }
        catch (Exception error)
        {
            _rows.Add(new SdkRow(group, name, $"{error.GetType().Name}: {error.Message}"));
        }
    }

    /// <summary>
    /// Calls each method of a client that has no row yet: those that take one request and are named after it.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="texts">
    /// Values of properties by name; of the others, only those that the SDK requires are set.
    /// </param>
    /// <param name="operation">The operation of the API that a method is for, without <c>Async</c>.</param>
    public async Task AddOthersAsync<TClient>(
        TClient client, IReadOnlyDictionary<string, string> texts, Func<string, string> operation)
        where TClient : notnull
    {
        var methods = from method in typeof(TClient).GetMethods()
                      let parameters = method.GetParameters()
                      where method.Name.EndsWith("Async", StringComparison.Ordinal) && parameters.Length == 2
                      where parameters[0].ParameterType.IsSubclassOf(typeof(AmazonWebServiceRequest))
                      let name = operation(method.Name[..^"Async".Length])
                      select (Name: name, Method: method, Type: parameters[0].ParameterType);
        foreach (var (name, method, type) in methods.Where(m => _rows.All(row => row.Name != m.Name)).ToList())
        {
            var request = Activator.CreateInstance(type)!;
            foreach (var (property, text) in texts)
                type.GetProperty(property)?.SetValue(request, text);
            _rows.Add(new SdkRow(group, name, Unsupported: await CodeAsync(() => SendAsync(client, method, request))));
        }
    }

    /// <summary>Fails unless a condition holds.</summary>
    public static void Check(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }

    /// <summary>Fails unless a call is refused with a code.</summary>
    public static async Task RefusedAsync(string code, Func<Task> call)
    {
        var met = await CodeAsync(call);
        Check(met == code, $"{met} instead of {code}");
    }

    // The SDK names one property that is missing after another.
    private static async Task SendAsync(object client, MethodInfo method, object request)
    {
        for (var missing = ""; ;)
        {
            try
            {
                await (Task)method.Invoke(
                    client, BindingFlags.DoNotWrapExceptions, null, [request, CancellationToken.None], null)!;
                return;
            }
            catch (ArgumentException error) when (error.ParamName is { } name && name != missing)
            {
                missing = name;
                // TYPE.PROPERTY, where the type is the request or that of one of its properties with the same name.
                var names = name.Split('.');
                var owner = request.GetType().GetProperty(names[0])?.GetValue(request) ?? request;
                var property = owner.GetType().GetProperty(names[^1])!;
                property.SetValue(owner, Least(property.PropertyType));
            }
        }
    }

    private static object? Least(Type type) => type == typeof(string) ? "x"
        : type.IsSubclassOf(typeof(ConstantClass)) ? Activator.CreateInstance(type, "x")
        : Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type);

    private static async Task<string> CodeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "no error";
        }
        catch (AmazonServiceException error)
        {
            return error.ErrorCode ?? error.Message;
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }
}
