using Amazon.Runtime;

namespace Esb.Provisioner.Stores;

/// <summary>The <c>Server</c> header in the last answer of a store, which identifies the product.</summary>
internal sealed class ServerHeader
{
    public string? Value { get; private set; }

    public void Watch(AmazonServiceClient client) => client.AfterResponseEvent += OnResponse;

    private void OnResponse(object sender, ResponseEventArgs e)
    {
        if (e is not WebServiceResponseEventArgs answer)
            return;
        foreach (var (name, value) in answer.ResponseHeaders)
        {
            if (name.Equals("Server", StringComparison.OrdinalIgnoreCase))
                Value = value;
        }
    }
}
